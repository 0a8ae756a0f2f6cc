import { defineMessages } from '../../language/messages.ts';

export const searchMessages = defineMessages(
  {
    search: 'Tìm, có dấu hoặc không dấu',
    hits: (text: string) => `Kết quả tìm “${text}”`,
    units: 'Đơn vị',
    campaigns: 'Phong trào và bài viết',
    found: (count: string) => `Tìm thấy ${count}`,
    foundFirst: (count: string) => `${count} kết quả đầu; gõ thêm để thu hẹp`,
    none: 'Không tìm thấy đơn vị nào trong ngày đã chọn.',
    formerly: (name: string) => `tên đã tìm thấy: ${name}`,
    until: (day: string) => `kết thúc từ ${day}`,
  },
  {
    search: 'Search, with or without diacritics',
    hits: (text) => `Results for “${text}”`,
    units: 'Units',
    campaigns: 'Campaigns and articles',
    found: (count) => `${count} found`,
    foundFirst: (count) => `The first ${count}; type more to find fewer`,
    none: 'No unit was found on the chosen day.',
    formerly: (name) => `name found: ${name}`,
    until: (day) => `ended ${day}`,
  },
);
