import { useCallback, useMemo } from 'react';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Chart } from '../../parts/chart/Chart.tsx';
import type { Palette } from '../../parts/chart/palette.ts';
import { reportMessages } from './messages.ts';
import type { UnitRow } from './UnitTable.tsx';

const MOST = 12;

const wanting = ({ missing, late }: UnitRow): number => missing + late;

/** The units with most reports missing and late, as stacked bars; the table below has all of them. */
export function UnitPlot({ rows }: { readonly rows: readonly UnitRow[] }) {
  const m = useMessages(reportMessages);
  const text = useText();
  const format = useFormat();
  const top = useMemo(
    () =>
      rows
        .filter((row) => wanting(row) > 0)
        .toSorted((a, b) => b.missing - a.missing || b.late - a.late)
        .slice(0, MOST),
    [rows],
  );
  const names = top.map(({ unit }) => (unit ? text(unit.name) : ''));
  const written = JSON.stringify(names);
  const option = useCallback(
    (palette: Palette) => plotOf(top, JSON.parse(written), m, palette),
    [top, written, m],
  );
  if (top.length === 0) return null;
  return <Chart label={m.top(format.number(top.length))} option={option} size="tall" />;
}

type Texts = (typeof reportMessages)['vi'];

function plotOf(rows: readonly UnitRow[], names: readonly string[], m: Texts, palette: Palette) {
  const { text, line, good, late, missing, open } = palette;
  const parts = [
    [m.missing, missing, (row: UnitRow) => row.missing],
    [m.late, late, (row: UnitRow) => row.late],
    [m.onTime, good, (row: UnitRow) => row.onTime],
    [m.pending, open, (row: UnitRow) => row.pending],
  ] as const;
  return {
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: text } },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: text },
      splitLine: { lineStyle: { color: line } },
    },
    yAxis: {
      type: 'category',
      data: names,
      inverse: true,
      axisLabel: { color: text, width: 170, overflow: 'truncate' },
    },
    series: parts.map(([name, color, value]) => ({
      type: 'bar',
      stack: 'reports',
      name,
      itemStyle: { color },
      data: rows.map(value),
    })),
  };
}
