import { type Localized, useText } from '../language/language.ts';
import { Link } from '../url/Link.tsx';

interface Step {
  readonly code: string;
  readonly name: Localized;
}

interface TrailProps {
  readonly unit: Step & { readonly ancestors: readonly Step[] };
  /** Which view a unit above is shown by. */
  readonly linkTo: (code: string) => {
    readonly to: string;
    readonly values: Readonly<Record<string, string>>;
  };
}

/** Where a unit stands: the units above it, each a link, and itself. */
export function Trail({ unit, linkTo }: TrailProps) {
  const text = useText();
  return (
    <ol className="trail">
      {unit.ancestors.map((step) => (
        <li key={step.code}>
          <Link {...linkTo(step.code)}>{text(step.name)}</Link>
        </li>
      ))}
      <li aria-current="location">{text(unit.name)}</li>
    </ol>
  );
}
