import type { ActivityRow } from '../model/activity.ts';
import { invalid, type Problem } from './problem.ts';

type Evidence = ActivityRow['evidence'][number];

/** As many as the graph gives of an activity. */
export const MAX_EVIDENCE = 20;

/** Gives what is wrong with evidence to be added, piece by piece. */
export function evidenceProblems(
  there: readonly Evidence[],
  added: readonly Evidence[],
  today: string,
): Problem[] {
  const problems = added.flatMap((piece, index) =>
    pieceProblems(piece, [...there, ...added.slice(0, index)], today, ['input', 'evidence', index]),
  );
  if (there.length + added.length > MAX_EVIDENCE) {
    problems.push(
      invalid(
        ['input', 'evidence'],
        `Một hoạt động có nhiều nhất ${MAX_EVIDENCE} tài liệu; đã có ${there.length}.`,
        `An activity has at most ${MAX_EVIDENCE} pieces; there are ${there.length}.`,
      ),
    );
  }
  return problems;
}

function pieceProblems(
  { number, title, url, date, sha256 }: Evidence,
  before: readonly Evidence[],
  today: string,
  at: readonly (string | number)[],
): Problem[] {
  const problems: Problem[] = [];
  if (number === null && title === null && url === null) {
    problems.push(
      invalid(at, 'Cần số ký hiệu, tên hoặc địa chỉ.', 'A number, a title or an address is needed.'),
    );
  }
  if (date !== null && date > today)
    problems.push(invalid([...at, 'date'], 'Ngày này chưa tới.', 'This day has not come yet.'));
  if (before.some((piece) => piece.sha256 === sha256)) {
    problems.push(
      invalid([...at, 'sha256'], 'Tệp này đã có trong hồ sơ.', 'The activity has this file already.'),
    );
  }
  return problems;
}
