import type { HouseStatus } from '../../graph/operations.generated.ts';
import { defineMessages } from '../../language/messages.ts';

const vi: Readonly<Record<HouseStatus, string>> = {
  SURVEYED: 'Đã khảo sát',
  APPROVED: 'Đã duyệt',
  STARTED: 'Đã khởi công',
  COMPLETED: 'Đã hoàn thành',
  HANDED_OVER: 'Đã bàn giao',
  CANCELLED: 'Đã hủy',
};

const en: Readonly<Record<HouseStatus, string>> = {
  SURVEYED: 'Surveyed',
  APPROVED: 'Approved',
  STARTED: 'Started',
  COMPLETED: 'Completed',
  HANDED_OVER: 'Handed over',
  CANCELLED: 'Cancelled',
};

export const houseMessages = defineMessages(
  {
    title: 'Nhà tình nghĩa',
    unknown: (code: string) => `Không có phong trào ${code}.`,
    statuses: vi,
    on: 'Tính quá hạn đến ngày',
    funnel: 'Số nhà theo giai đoạn hiện nay',
    note: (cost: string, overdue: string) => `${cost}${overdue && ` · ${overdue} quá hạn`}`,
    all: (houses: string, cost: string) => `${houses} nhà chưa kể đã hủy, tổng chi phí ${cost}.`,
    overdue: (day: string) => `Nhà quá hạn vào ngày ${day}`,
    noneOverdue: 'Không có nhà nào quá hạn.',
    shown: (shown: string, all: string) => `Hiển thị ${shown} trong ${all} nhà`,
    code: 'Mã',
    status: 'Giai đoạn hiện nay',
    unit: 'Đơn vị',
    area: 'Địa bàn',
    dueOn: 'Hạn',
    days: 'Số ngày quá hạn',
    cost: 'Chi phí',
  },
  {
    title: 'Gratitude houses',
    unknown: (code) => `There is no campaign ${code}.`,
    statuses: en,
    on: 'Overdue on',
    funnel: 'Houses by their stage now',
    note: (cost, overdue) => `${cost}${overdue && ` · ${overdue} overdue`}`,
    all: (houses, cost) => `${houses} houses without the cancelled ones, at a cost of ${cost} together.`,
    overdue: (day) => `Houses overdue on ${day}`,
    noneOverdue: 'No house is overdue.',
    shown: (shown, all) => `Showing ${shown} of ${all} houses`,
    code: 'Code',
    status: 'Stage now',
    unit: 'Unit',
    area: 'Place',
    dueOn: 'Due on',
    days: 'Days overdue',
    cost: 'Cost',
  },
);
