import type { Machine } from '../../records/command/machine.ts';
import type { ReportStatus } from '../model/report.ts';

export type ReportStep = 'submitReport' | 'acceptReport' | 'returnReport' | 'reopenReport' | 'lockReports';

/** The road of a report from the draft to the lock (DOMAIN §5.6). What was returned or reopened is handed in again. */
export const reportMachine: Machine<ReportStatus, ReportStep> = {
  submitReport: { from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED' },
  acceptReport: { from: ['SUBMITTED'], to: 'ACCEPTED' },
  returnReport: { from: ['SUBMITTED'], to: 'RETURNED' },
  reopenReport: { from: ['ACCEPTED'], to: 'RETURNED' },
  lockReports: { from: ['ACCEPTED'], to: 'LOCKED' },
};

/** The states in which a unit may change what it reports; saving leaves the state as it is. */
export const savableStates: readonly ReportStatus[] = ['DRAFT', 'RETURNED'];
