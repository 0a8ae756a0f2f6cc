import type { ComponentType } from 'react';
import type { Localized } from '../language/language.ts';

/** A view of the dashboard: its name in the address, its title, and what loads it; null while it is not there yet. */
export interface ViewEntry {
  readonly name: string;
  readonly title: Localized & { readonly en: string };
  readonly load: (() => Promise<ComponentType>) | null;
}

/** All views, in the order in which they are offered. Each is loaded when it is opened first. */
export const views: readonly ViewEntry[] = [
  {
    name: '',
    title: { vi: 'Tổng quan phong trào', en: 'Campaign overview' },
    load: async () => (await import('../views/overview/Overview.tsx')).Overview,
  },
  {
    name: 'units',
    title: { vi: 'Cây đơn vị', en: 'Unit tree' },
    load: async () => (await import('../views/units/UnitTree.tsx')).UnitTree,
  },
  {
    name: 'support',
    title: { vi: 'An sinh xã hội', en: 'Social support' },
    load: async () => (await import('../views/support/Support.tsx')).Support,
  },
  {
    name: 'targets',
    title: { vi: 'Chỉ tiêu', en: 'Targets' },
    load: async () => (await import('../views/targets/Targets.tsx')).Targets,
  },
  {
    name: 'reports',
    title: { vi: 'Báo cáo muộn và thiếu', en: 'Late and missing reports' },
    load: async () => (await import('../views/reports/Reports.tsx')).Reports,
  },
  {
    name: 'clusters',
    title: { vi: 'Cụm thi đua', en: 'Cluster ranking' },
    load: async () => (await import('../views/clusters/Clusters.tsx')).Clusters,
  },
  {
    name: 'houses',
    title: { vi: 'Nhà tình nghĩa', en: 'Gratitude houses' },
    load: async () => (await import('../views/houses/Houses.tsx')).Houses,
  },
  {
    name: 'awards',
    title: { vi: 'Khen thưởng', en: 'Awards' },
    load: async () => (await import('../views/awards/Awards.tsx')).Awards,
  },
  {
    name: 'unit',
    title: { vi: 'Thẻ đơn vị', en: 'Unit card' },
    load: async () => (await import('../views/unit/UnitCard.tsx')).UnitCard,
  },
  {
    name: 'merger',
    title: { vi: 'Trước và sau sáp nhập 2025', en: 'The merger of 2025' },
    load: async () => (await import('../views/merger/Merger.tsx')).Merger,
  },
];
