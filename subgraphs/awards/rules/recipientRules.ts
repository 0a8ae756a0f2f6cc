import { openStates } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Check, OtherAward } from './eligibility.ts';
import { forbidsDoubleAward } from './keys.ts';
import { failed, noRule, notApplicable, passed, pending } from './verdict.ts';

const isOpen = ({ state }: { readonly state: string }): boolean =>
  (openStates as readonly string[]).includes(state);

const otherStanding = (dossier: AwardDossierRecord, awards: readonly OtherAward[]): OtherAward[] =>
  awards.filter(({ dossierId, status }) => dossierId !== dossier._id && status !== 'REVOKED');

/** The personnel office says whether discipline stands in the way; the reason is never recorded here. */
export const underDiscipline: Check = ({ conduct }) => {
  if (!conduct)
    return pending(
      'Chưa có ý kiến của cơ quan tổ chức cán bộ.',
      'The personnel office has not been asked yet.',
    );
  return conduct.clear
    ? passed(
        `Không vướng mắc kỷ luật (${conduct.checkedOn}).`,
        `Nothing stands in the way (${conduct.checkedOn}).`,
      )
    : failed(
        `Đang trong thời gian xem xét hoặc thi hành kỷ luật (${conduct.checkedOn}).`,
        `Under disciplinary review or an unexpired sanction (${conduct.checkedOn}).`,
      );
};

/** No several awards for one achievement; under L2022A only for sudden and thematic ones (DOMAIN §2.2). */
export const doubleAward: Check = (dossier, { otherAwards }) => {
  if (!forbidsDoubleAward(dossier))
    return notApplicable(
      'Luật sửa đổi 2026 chỉ áp dụng cho thành tích đột xuất, chuyên đề.',
      'The law as amended in 2026 forbids it for sudden and thematic achievements only.',
    );
  const keys = new Set(dossier.achievements.map(({ key }) => key));
  const same = otherStanding(dossier, otherAwards).filter(({ achievementKeys }) =>
    achievementKeys.some((key) => keys.has(key)),
  );
  return same.length > 0
    ? failed(
        `Thành tích này đã được khen: ${same.map(({ form }) => form).join(', ')}.`,
        `This achievement has been commended before: ${same.map(({ form }) => form).join(', ')}.`,
      )
    : passed('Thành tích chưa được khen thưởng.', 'The achievement has not been commended before.');
};

/** No second dossier for the same recipient, form and campaign while one is open. */
export const duplicatePending: Check = (dossier, { otherDossiers }) => {
  if (!isOpen(dossier)) return notApplicable('Hồ sơ đã kết thúc.', 'The dossier is no longer open.');
  const same = otherDossiers.filter(
    (other) =>
      other._id !== dossier._id &&
      isOpen(other) &&
      other.form === dossier.form &&
      other.campaignId === dossier.campaignId,
  );
  return same.length > 0
    ? failed(
        `Đã có hồ sơ đang xét: ${same.map(({ number }) => number).join(', ')}.`,
        `Another dossier is open: ${same.map(({ number }) => number).join(', ')}.`,
      )
    : passed('Không có hồ sơ trùng đang xét.', 'No other dossier is open.');
};

const exempt = new Set(['SUDDEN', 'CONTRIBUTION', 'SENIORITY']);

/** The same day of the year before; 29 February becomes 28. */
const yearBefore = (date: string): string => {
  const back = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return back.endsWith('-02-29') ? back.replace('-29', '-28') : back;
};

/** Not two state-level forms to one recipient within a year, except sudden, contribution and seniority. */
export const stateLevelTwice: Check = (dossier, { otherAwards, today }) => {
  if (!dossier.stateLevel || exempt.has(dossier.kind))
    return notApplicable(
      'Chỉ áp dụng cho hình thức cấp Nhà nước thường xuyên.',
      'Concerns regular state-level forms only.',
    );
  const until = isOpen(dossier) ? today : dossier.stateSince;
  const since = yearBefore(dossier.judgedOn);
  const recent = otherStanding(dossier, otherAwards).filter(
    ({ stateLevel, kind, eventOn }) => stateLevel && !exempt.has(kind) && eventOn > since && eventOn <= until,
  );
  return recent.length > 0
    ? failed(
        `Đã được khen cấp Nhà nước ngày ${recent.map(({ eventOn }) => eventOn).join(', ')}.`,
        `A state-level award was given on ${recent.map(({ eventOn }) => eventOn).join(', ')}.`,
      )
    : passed('Không có khen thưởng cấp Nhà nước trong 1 năm.', 'No state-level award within a year.');
};

/** A title's holders may be at most a share of the holders of the titles it builds on, in one unit and year. */
export const quota: Check = (dossier, { rule, titles, otherAwards }) => {
  if (!rule) return noRule();
  const percent = rule.titleQuotaPercent;
  if (percent === null) return notApplicable('Hình thức không có tỷ lệ.', 'The form has no quota.');
  const year = dossier.judgedOn.slice(0, 4);
  const countOf = (form: string): number => titles.get(`${form}:${year}`) ?? 0;
  const base = rule.titleQuotaOf.reduce((sum, form) => sum + countOf(form), 0);
  if (base === 0)
    return pending(
      `Chưa có danh hiệu ${rule.titleQuotaOf.join(', ')} năm ${year} của đơn vị để tính tỷ lệ.`,
      `No ${rule.titleQuotaOf.join(', ')} of the unit in ${year} is on record to count from.`,
    );
  const counted = otherAwards.some(
    ({ dossierId, status, eventOn }) =>
      dossierId === dossier._id && status !== 'REVOKED' && eventOn.startsWith(year),
  );
  const holders = countOf(dossier.form) + (counted ? 0 : 1);
  const figures = `${holders}/${base} (${percent}%)`;
  return holders * 100 > base * percent
    ? failed(`Vượt tỷ lệ: ${figures}.`, `Over the quota: ${figures}.`)
    : passed(`Trong tỷ lệ: ${figures}.`, `Within the quota: ${figures}.`);
};
