/** The six parts that a motto or slogan plays in a plan, in words. */
export const mottoRoleLabels = {
  PHUONG_CHAM_PHONG_TRAO: { vi: 'Phương châm của phong trào', en: 'Motto of the movement' },
  PHUONG_CHAM_CHONG_DICH: { vi: 'Phương châm phòng, chống dịch', en: 'Motto against the epidemic' },
  NGUYEN_TAC: { vi: 'Nguyên tắc', en: 'Principle' },
  TINH_THAN: { vi: 'Tinh thần', en: 'Spirit' },
  MUC_TIEU: { vi: 'Mục tiêu', en: 'Aim' },
  TRUYEN_THONG: { vi: 'Truyền thống', en: 'Tradition' },
} as const;

export type MottoRole = keyof typeof mottoRoleLabels;
