import { type ReactNode, useEffect, useRef } from 'react';
import { useMessages } from '../../language/messages.ts';
import { usePrinting } from '../../theme/printing.ts';
import { useTheme } from '../../theme/theme.ts';
import { partMessages } from '../messages.ts';
import { type Palette, paletteAt } from './palette.ts';
import type { EChartsCoreOption, EChartsType } from './plot.ts';

interface ChartProps {
  /** What it shows, for whoever does not see it. */
  readonly label: string;
  /** What to draw, in the colours of the page. Keep it with `useCallback`: a new one is drawn anew. */
  readonly option: (palette: Palette) => EChartsCoreOption;
  readonly size?: 'small' | 'tall';
  /** The same numbers as a table; left out where the view shows them beside it. */
  readonly children?: ReactNode;
}

// No inline styles in markup: the page's policy forbids what a tooltip of HTML would need.
const base = ({ text }: Palette, mayMove: boolean): EChartsCoreOption => ({
  animation: mayMove && !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  textStyle: { color: text, fontFamily: 'inherit' },
});

/** A plot by ECharts, which is loaded when the first one is seen, with its numbers as a table below. */
export function Chart({ label, option, size = 'small', children }: ChartProps) {
  const m = useMessages(partMessages);
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const printing = usePrinting();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme, or paper, means other colours, read from the page.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let plot: EChartsType | undefined;
    let ended = false;
    const resized = new ResizeObserver(() => plot?.resize());
    void import('./plot.ts').then(({ begin }) => {
      if (ended) return;
      const palette = paletteAt(element);
      plot = begin(element);
      plot.setOption({ ...base(palette, !printing), ...option(palette) });
      element.dataset.drawn = 'true';
      element.dataset.on = printing ? 'paper' : 'screen';
      resized.observe(element);
    });
    return () => {
      ended = true;
      resized.disconnect();
      plot?.dispose();
    };
  }, [option, theme, printing]);
  return (
    <figure className="chart">
      <div ref={place} className={`plot ${size}`} role="img" aria-label={label} />
      {children && (
        <details>
          <summary>{m.dataOf(label)}</summary>
          {children}
        </details>
      )}
    </figure>
  );
}
