import { invalid, type Problem } from './problem.ts';

/** What is wrong with a reason that holds an identity number: the audit keeps it for good. */
export const keptReason = (field: string): Problem =>
  invalid(
    ['input', field],
    'Lý do được lưu vĩnh viễn trong nhật ký và không được chứa số định danh.',
    'The reason is kept in the audit for good and holds no identity number.',
  );
