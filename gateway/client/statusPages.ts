const page = (refresh: string, vi: string, en: string): string => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${refresh}
<title>${vi}</title>
</head>
<body>
<main>
<p>${vi}</p>
<p lang="en">${en}</p>
</main>
</body>
</html>
`;

/** What stands where the dashboard will be, without a script: a browser asks again by itself while there is hope. */
export const statusPages = {
  BUILDING: page(
    '\n<meta http-equiv="refresh" content="2">',
    'Bảng điều khiển đang được dựng; trang này tự tải lại.',
    'The dashboard is being built; this page loads it by itself.',
  ),
  FAILED: page(
    '',
    'Không dựng được bảng điều khiển; nguyên nhân có trong nhật ký của máy chủ. Dữ liệu vẫn truy vấn được tại /graphql.',
    'The dashboard could not be built; the log of the server says why. The graph still answers at /graphql.',
  ),
} as const;
