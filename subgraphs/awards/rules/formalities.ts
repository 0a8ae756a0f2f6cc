import { type DossierState, dossierStates } from '../model/codes.ts';
import type { Check } from './eligibility.ts';
import { isAtLeast, levelNames } from './levels.ts';
import { regimeNames } from './regime.ts';
import { failed, noRule, notApplicable, passed, pending } from './verdict.ts';

/** The law of the day of receipt must know the form. */
export const formInRegime: Check = ({ regime }, { rule }) =>
  rule
    ? passed(
        `Hình thức có trong ${regimeNames[regime].vi}.`,
        `The form is known to ${regimeNames[regime].en}.`,
      )
    : failed(
        `Hình thức không có trong ${regimeNames[regime].vi}.`,
        `The form is not known to ${regimeNames[regime].en}.`,
      );

/** Forms are for units, for people, or for both. */
export const formForRecipient: Check = ({ recipientKind }, { form }) => {
  if (!form) return pending('Không tìm thấy hình thức trong danh mục.', 'The form is not in the catalogue.');
  return form.recipientKinds.includes(recipientKind)
    ? passed('Hình thức dành cho đối tượng này.', 'The form is for this kind of recipient.')
    : failed('Hình thức không dành cho đối tượng này.', 'The form is not for this kind of recipient.');
};

/** Who is asked to decide must be the form's authority or above it, and the unit's level high enough. */
export const authority: Check = ({ decidedBy, decidingLevel }, { rule, authorities }) => {
  if (!rule) return noRule();
  const asked = authorities.get(decidedBy);
  const needed = authorities.get(rule.decidedBy);
  if (!asked || !needed)
    return pending('Không tìm thấy thẩm quyền trong danh mục.', 'The authority is not in the catalogue.');
  if (asked.order > needed.order)
    return failed(
      `Thẩm quyền thuộc ${needed.name.vi}.`,
      `The form is decided by: ${needed.name.en ?? needed.name.vi}.`,
    );
  if (!rule.minLevel || !decidingLevel)
    return passed('Đúng thẩm quyền quyết định.', 'The right authority is asked.');
  const [has, least] = [levelNames[decidingLevel], levelNames[rule.minLevel]];
  return isAtLeast(decidingLevel, rule.minLevel)
    ? passed(
        `Cấp ${has.vi} đủ thẩm quyền (tối thiểu cấp ${least.vi}).`,
        `A ${has.en} may decide (at least a ${least.en}).`,
      )
    : failed(
        `Cấp ${has.vi} chưa đủ thẩm quyền (tối thiểu cấp ${least.vi}).`,
        `A ${has.en} may not decide (at least a ${least.en}).`,
      );
};

/** No unit decides about itself; whether a person does is known only when the decision is recorded. */
export const selfDecision: Check = ({ recipientKind, unitId, decidingUnitId }) => {
  if (recipientKind === 'INDIVIDUAL' || decidingUnitId === null)
    return notApplicable(
      'Được kiểm tra khi ghi quyết định.',
      'Checked against the deciding person when the decision is recorded.',
    );
  return unitId === decidingUnitId
    ? failed('Đơn vị không được tự khen thưởng.', 'A unit may not decide about itself.')
    : passed('Đơn vị quyết định khác đơn vị được khen.', 'Another unit decides.');
};

const main = dossierStates.filter(
  (state) => !['RETURNED', 'REJECTED', 'WITHDRAWN', 'REVOKED'].includes(state),
);

/** Whether a paper needed from one state on is needed in another; side states ask for what a hand-in asks. */
const isNeededIn = (neededFrom: DossierState, state: DossierState): boolean => {
  const place = main.indexOf(state);
  return main.indexOf(neededFrom) <= (place === -1 ? main.indexOf('SUBMITTED') : place);
};

/** Every paper that the form needs at this point must be there, with its confirmations. */
export const papers: Check = (dossier, { rule, requiredPapers }, state) => {
  if (!rule) return noRule();
  const needed = requiredPapers.filter(({ neededFrom }) => neededFrom && isNeededIn(neededFrom, state));
  const missing = needed.filter(({ code }) => !dossier.papers.some(({ kind }) => kind === code));
  if (missing.length > 0) {
    return failed(
      `Thiếu: ${missing.map(({ name }) => name.vi).join('; ')}.`,
      `Missing: ${missing.map(({ name }) => name.en ?? name.vi).join('; ')}.`,
    );
  }
  const open = needed.filter(({ code, confirmations = [] }) => {
    const paper = dossier.papers.find(({ kind }) => kind === code);
    return confirmations.some((confirmation) => !paper?.confirmations.includes(confirmation));
  });
  return open.length > 0
    ? failed(
        `Chưa được xác nhận: ${open.map(({ name }) => name.vi).join('; ')}.`,
        `Not confirmed: ${open.map(({ name }) => name.en ?? name.vi).join('; ')}.`,
      )
    : passed(`Đủ ${needed.length} loại giấy tờ.`, `All ${needed.length} kinds of paper are there.`);
};
