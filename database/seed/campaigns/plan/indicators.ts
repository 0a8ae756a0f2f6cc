import type { IndicatorRecord } from '../../../../subgraphs/campaigns/index.ts';

type Measured = Pick<IndicatorRecord, 'code' | 'name' | 'unitOfMeasure'> & {
  readonly item: string;
  readonly measure?: 'VND';
};

const times = { vi: 'lượt', en: 'times' };
const people = { vi: 'lượt người', en: 'attendances' };

/**
 * What the plan asks to do and does not count itself: these indicators are ours, made from the `measures` of the
 * content items and, for social welfare, the plan's kinds of support. Security items (ND2, ND3) have none.
 */
export const countedBySystem: readonly Measured[] = [
  {
    item: 'ND1',
    code: 'ND1-VB',
    name: { vi: 'Văn bản triển khai đã ban hành', en: 'Documents issued' },
    unitOfMeasure: { vi: 'văn bản', en: 'documents' },
  },
  {
    item: 'ND1',
    code: 'ND1-PD',
    name: { vi: 'Lễ phát động đã tổ chức', en: 'Launches held' },
    unitOfMeasure: { vi: 'lễ', en: 'launches' },
  },
  {
    item: 'ND1',
    code: 'ND1-DK',
    name: { vi: 'Đơn vị đăng ký thi đua', en: 'Units registered' },
    unitOfMeasure: { vi: 'đơn vị', en: 'units' },
  },
  {
    item: 'ND4',
    code: 'ND4-SK',
    name: { vi: 'Hoạt động dân vận, Ngày hội đã tổ chức', en: 'Mobilisation events and festivals held' },
    unitOfMeasure: { vi: 'hoạt động', en: 'events' },
  },
  {
    item: 'ND4',
    code: 'ND4-TG',
    name: { vi: 'Lượt người tham gia', en: 'Attendance' },
    unitOfMeasure: people,
  },
  {
    item: 'ND5',
    code: 'ND5-NHA',
    name: { vi: 'Nhà tình nghĩa đã bàn giao', en: 'Gratitude houses handed over' },
    unitOfMeasure: { vi: 'căn', en: 'houses' },
  },
  {
    item: 'ND5',
    code: 'ND5-SUA',
    name: { vi: 'Nhà ở đã sửa chữa', en: 'Houses repaired' },
    unitOfMeasure: { vi: 'căn', en: 'houses' },
  },
  {
    item: 'ND5',
    code: 'ND5-QUA',
    name: { vi: 'Phần quà, nhu yếu phẩm đã trao', en: 'Gifts in kind handed out' },
    unitOfMeasure: { vi: 'phần', en: 'gifts' },
  },
  {
    item: 'ND5',
    code: 'ND5-TIEN',
    name: { vi: 'Tiền mặt đã hỗ trợ', en: 'Cash support given' },
    unitOfMeasure: { vi: 'đồng', en: 'đồng' },
    measure: 'VND',
  },
  {
    item: 'ND5',
    code: 'ND5-THAM',
    name: { vi: 'Lượt thăm hỏi, động viên', en: 'Visits' },
    unitOfMeasure: times,
  },
  {
    item: 'ND5',
    code: 'ND5-TRIAN',
    name: { vi: 'Hoạt động tri ân', en: 'Gratitude activities' },
    unitOfMeasure: { vi: 'hoạt động', en: 'activities' },
  },
  {
    item: 'ND5',
    code: 'ND5-SX',
    name: { vi: 'Lượt hỗ trợ ổn định sản xuất', en: 'Acts of livelihood support' },
    unitOfMeasure: times,
  },
  {
    item: 'ND5',
    code: 'ND5-SK',
    name: { vi: 'Lượt chăm lo sức khỏe', en: 'Acts of health care support' },
    unitOfMeasure: times,
  },
  {
    item: 'ND5',
    code: 'ND5-HB',
    name: { vi: 'Suất học bổng, đồ dùng học tập', en: 'Scholarships and school supplies' },
    unitOfMeasure: { vi: 'suất', en: 'grants' },
  },
  {
    item: 'ND6',
    code: 'ND6-TT',
    name: { vi: 'Thủ tục hành chính được đơn giản hóa', en: 'Procedures simplified' },
    unitOfMeasure: { vi: 'thủ tục', en: 'procedures' },
  },
  {
    item: 'ND6',
    code: 'ND6-DVC',
    name: { vi: 'Dịch vụ công đưa lên trực tuyến', en: 'Services put online' },
    unitOfMeasure: { vi: 'dịch vụ', en: 'services' },
  },
  {
    item: 'ND6',
    code: 'ND6-NGAY',
    name: { vi: 'Số ngày giải quyết tiết kiệm được', en: 'Days saved' },
    unitOfMeasure: { vi: 'ngày', en: 'days' },
  },
];
