/** The colours of the page as they are now, light or dark, for what is drawn on a canvas. */
export interface Palette {
  readonly text: string;
  readonly line: string;
  readonly surface: string;
  /** What goes well, what is late, what is missing, what is still open. */
  readonly good: string;
  readonly late: string;
  readonly missing: string;
  readonly open: string;
  /** For series that mean neither good nor bad, in order. */
  readonly series: readonly string[];
}

/** Reads the colours that the style sheet gives to an element. */
export function paletteAt(element: Element): Palette {
  const probe = document.createElement('span');
  element.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    text: colour('text'),
    line: colour('line'),
    surface: colour('surface'),
    good: colour('good'),
    late: colour('late'),
    missing: colour('missing'),
    open: colour('open'),
    series: [1, 2, 3, 4, 5, 6].map((number) => colour(`series-${number}`)),
  };
  probe.remove();
  return palette;
}
