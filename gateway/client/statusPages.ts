const page = (refresh: string, vi: string, en: string): string => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">${refresh}
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

/** What stands where a page will be, without a script: a browser asks again by itself while there is hope. */
export const statusPages = {
  BUILDING: page(
    '\n<meta http-equiv="refresh" content="2">',
    'Trang này đang được dựng và tự tải lại.',
    'This page is being built, and loads again by itself.',
  ),
  FAILED: page(
    '',
    'Không dựng được trang này; nguyên nhân có trong nhật ký của máy chủ. Dữ liệu vẫn truy vấn được tại /graphql.',
    'This page could not be built; the log of the server says why. The graph still answers at /graphql.',
  ),
} as const;
