import { defineMessages } from '../../language/messages.ts';

export const treeMessages = defineMessages(
  {
    title: 'Cây đơn vị',
    on: (day: string) => `Cây đơn vị ngày ${day}`,
    where: 'Đang mở',
    none: (day: string) => `Không có đơn vị nào ngày ${day}.`,
    notThen: (code: string, day: string) => `Đơn vị ${code} không tồn tại ngày ${day}.`,
    card: 'Thẻ đơn vị',
    under: (count: string) => `${count} đơn vị trực thuộc`,
    until: (day: string) => `kết thúc từ ${day}`,
    keys: 'Phím mũi tên: đi lại, mở và đóng; Enter: thẻ đơn vị.',
  },
  {
    title: 'Unit tree',
    on: (day) => `Units on ${day}`,
    where: 'Opened',
    none: (day) => `There was no unit on ${day}.`,
    notThen: (code, day) => `The unit ${code} did not exist on ${day}.`,
    card: 'Unit card',
    under: (count) => `${count} directly under it`,
    until: (day) => `ended ${day}`,
    keys: 'Arrow keys move, open and close; Enter opens the unit card.',
  },
);
