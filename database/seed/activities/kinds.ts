/** What activities of one kind are like in the synthetic demo. */
export interface Kind {
  readonly code: string;
  /** How often it happens beside the others. */
  readonly weight: number;
  readonly title: { readonly vi: string; readonly en: string };
  readonly groups: readonly string[];
  /** What one household gets, in steps of 10,000 đồng: at least, at most. */
  readonly worth: readonly [number, number];
  /** What is given in kind to each household. */
  readonly inKind: readonly InKind[];
}

interface InKind {
  readonly item: { readonly vi: string; readonly en: string };
  readonly measure: { readonly vi: string; readonly en: string };
  readonly each: number;
  /** The value of one unit of measure, in đồng. */
  readonly price: number;
}

const item = (vi: string, en: string, measure: [string, string], each: number, price: number): InKind => ({
  item: { vi, en },
  measure: { vi: measure[0], en: measure[1] },
  each,
  price,
});

const rice = item('Gạo', 'Rice', ['kg', 'kg'], 10, 15_000);
const noodles = item('Mì ăn liền', 'Instant noodles', ['thùng', 'box'], 1, 100_000);
const masks = item('Khẩu trang y tế', 'Medical masks', ['hộp', 'box'], 1, 40_000);
const medicine = item('Túi thuốc gia đình', 'Family medicine bag', ['túi', 'bag'], 1, 120_000);
const books = item('Sách vở', 'Books and exercise books', ['bộ', 'set'], 1, 150_000);

export const house: Kind = {
  code: 'NHA_TINH_NGHIA',
  weight: 0,
  title: { vi: 'Xây nhà tình nghĩa tặng hộ gia đình', en: 'A gratitude house for a household' },
  groups: ['GIA_DINH_CHINH_SACH', 'NGUOI_NGHEO'],
  worth: [5_000, 8_000],
  inKind: [],
};

export const kinds: readonly Kind[] = [
  {
    code: 'HO_TRO_VAT_CHAT',
    weight: 31,
    title: { vi: 'Trao quà nhu yếu phẩm', en: 'Gifts of daily goods' },
    groups: ['NHAN_DAN_VUNG_DICH', 'NGUOI_NGHEO', 'LAO_DONG_MAT_VIEC', 'VUNG_SAU_VUNG_XA'],
    worth: [30, 60],
    inKind: [rice, noodles],
  },
  {
    code: 'TIEN_MAT',
    weight: 14,
    title: { vi: 'Hỗ trợ tiền mặt cho hộ khó khăn', en: 'Cash for households in need' },
    groups: ['NGUOI_NGHEO', 'LAO_DONG_MAT_VIEC', 'NGUOI_YEU_THE'],
    worth: [50, 200],
    inKind: [],
  },
  {
    code: 'DONG_VIEN_TINH_THAN',
    weight: 14,
    title: { vi: 'Thăm hỏi, động viên người dân', en: 'Visits and encouragement' },
    groups: ['NHAN_DAN_VUNG_DICH', 'NGUOI_CAO_TUOI', 'NGUOI_YEU_THE'],
    worth: [10, 30],
    inKind: [],
  },
  {
    code: 'TRI_AN',
    weight: 12,
    title: { vi: 'Tri ân gia đình chính sách', en: 'Gratitude to policy families' },
    groups: ['GIA_DINH_CHINH_SACH', 'NGUOI_CAO_TUOI'],
    worth: [30, 100],
    inKind: [],
  },
  {
    code: 'ON_DINH_SAN_XUAT',
    weight: 6,
    title: { vi: 'Giúp ổn định cuộc sống, tăng gia sản xuất', en: 'Help with livelihood and production' },
    groups: ['VUNG_SAU_VUNG_XA', 'NGUOI_NGHEO'],
    worth: [100, 500],
    inKind: [],
  },
  {
    code: 'CHAM_SOC_SUC_KHOE',
    weight: 10,
    title: { vi: 'Khám bệnh, cấp thuốc miễn phí', en: 'Free check-ups and medicine' },
    groups: ['NGUOI_CAO_TUOI', 'NGUOI_KHUYET_TAT', 'NGUOI_NGHEO'],
    worth: [20, 40],
    inKind: [medicine, masks],
  },
  {
    code: 'HOC_BONG',
    weight: 8,
    title: { vi: 'Trao học bổng, đồ dùng học tập', en: 'Scholarships and school supplies' },
    groups: ['TRE_MO_COI', 'NGUOI_NGHEO'],
    worth: [50, 150],
    inKind: [books],
  },
  {
    code: 'SUA_NHA',
    weight: 3,
    title: { vi: 'Sửa chữa nhà ở cho hộ khó khăn', en: 'House repairs for households in need' },
    groups: ['NGUOI_NGHEO', 'GIA_DINH_CHINH_SACH'],
    worth: [500, 1_500],
    inKind: [],
  },
  {
    code: 'KHAC',
    weight: 2,
    title: { vi: 'Hoạt động hỗ trợ khác', en: 'Other support' },
    groups: ['NGUOI_YEU_THE', 'NGUOI_KHUYET_TAT'],
    worth: [20, 60],
    inKind: [],
  },
];

/** The groups that a household's row names with consent only (the catalogue's `sensitive`). */
export const sensitiveGroups: ReadonlySet<string> = new Set(['NGUOI_KHUYET_TAT', 'TRE_MO_COI']);
