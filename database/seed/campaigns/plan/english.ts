/** Our English for what `data/campaign-2021.json` holds in Vietnamese only. */
export const english = {
  mottos: {
    PC1: "Steadfast in the political mettle of the People's Public Security soldier, a million hearts, one will, determined to defeat the COVID-19 pandemic",
    PC2: 'Hold firm within - protect firmly and spread outward',
    PC3: 'Each officer and soldier of the Public Security is a pioneer on the front line of preventing and fighting the epidemic; each unit and organisation in the Public Security is a firm fortress against the epidemic',
    NT1: 'Four on the spot',
    TT1: 'Fight the epidemic as fighting an enemy',
    TT2: 'Keep the green zones firmly, turn the red zones green',
    MT1: 'The dual goal',
    TR1: 'Mutual love and mutual affection',
    TR2: 'The whole leaves shelter the torn ones',
  },
  respondsTo:
    'The whole country unites, joins forces and is of one mind in emulating to prevent, fight and defeat the COVID-19 pandemic',
  by: 'Prime Minister',
  signatory: 'General, Minister of Public Security',
  kinds: {
    'Kế hoạch': 'Plan',
    'Kết luận': 'Conclusion',
    'Lời kêu gọi': 'Appeal',
    'Phong trào thi đua đặc biệt': 'Special emulation movement',
    'Nghị quyết công tác 2021': 'Resolution on the work of 2021',
    'Quyết định giao chỉ tiêu công tác 2021': 'Decision assigning the work targets of 2021',
  },
  target: 'Bring down crimes against social order by at least 5%',
} as const;

/** What the article calls the documents that the plan rests on, by their order in the data. */
export const basisTitles: readonly (string | null)[] = [
  'Kết luận về một số nhiệm vụ trọng tâm tăng cường công tác phòng, chống dịch COVID-19 và phát triển kinh tế-xã hội',
  'Lời kêu gọi toàn dân đoàn kết phòng, chống đại dịch COVID-19',
  'Cả nước đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID-19',
  null,
  null,
];

/** How each content item is followed up, in Vietnamese; the English stands in the data (`measures`). */
export const trackingInVietnamese: Readonly<Record<string, string>> = {
  ND1: 'văn bản đã ban hành, lễ phát động đã tổ chức, đơn vị đã đăng ký',
  ND2: 'chỉ là nội dung văn bản; không bao giờ là số liệu nghiệp vụ',
  ND3: 'một tỷ lệ phần trăm đã công bố cho mỗi đơn vị và kỳ, nhập kèm văn bản nguồn; không có vụ việc, địa điểm hay con người',
  ND4: 'hoạt động đã tổ chức, lượt người tham gia',
  ND5: 'phân hệ hoạt động an sinh xã hội',
  ND6: 'thủ tục được đơn giản hóa, dịch vụ công trực tuyến, số ngày tiết kiệm được; không kết nối dữ liệu',
};
