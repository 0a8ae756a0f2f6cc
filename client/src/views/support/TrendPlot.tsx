import { type ReactNode, useCallback } from 'react';
import { type Format, useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Chart } from '../../parts/chart/Chart.tsx';
import type { Palette } from '../../parts/chart/palette.ts';
import { supportMessages } from './messages.ts';
import { type Months, sumOf } from './months.ts';

/** Kinds that have a colour of their own. */
const MOST = 5;

interface TrendPlotProps extends Months {
  readonly label: string;
  readonly children: ReactNode;
}

interface Series {
  readonly name: string;
  readonly data: readonly (number | null)[];
}

/** The months as stacked bars, by kind; a number that is hidden has no bar. */
export function TrendPlot({ months, kinds, label, children }: TrendPlotProps) {
  const m = useMessages(supportMessages);
  const text = useText();
  const format = useFormat();
  const others = kinds.slice(MOST);
  const shown = (value: unknown) => (typeof value === 'number' ? value : null);
  const series: Series[] = kinds.slice(0, MOST).map(({ label: name, byMonth }) => ({
    name: text(name),
    data: months.map((month) => shown(byMonth.get(month))),
  }));
  if (others.length > 0)
    series.push({ name: m.others, data: months.map((month) => shown(sumOf(others, month))) });
  // The same numbers are the same plot, however often the view is drawn.
  const written = JSON.stringify({ months: months.map(format.month), series });
  const option = useCallback(
    (palette: Palette) => plotOf(JSON.parse(written), format, palette),
    [written, format],
  );
  return (
    <Chart label={label} option={option} size="tall">
      {children}
    </Chart>
  );
}

interface Plotted {
  readonly months: readonly string[];
  readonly series: readonly Series[];
}

function plotOf({ months, series }: Plotted, format: Format, { text, line, series: colours }: Palette) {
  return {
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: text }, pageTextStyle: { color: text } },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: { type: 'category', data: months, axisLabel: { color: text, hideOverlap: true } },
    yAxis: {
      type: 'value',
      axisLabel: { color: text, formatter: format.compact },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(({ name, data }, index) => ({
      type: 'bar',
      stack: 'kinds',
      name,
      itemStyle: { color: colours[index] },
      data,
    })),
  };
}
