// A figure's last days as a line the size of a word; its numbers are said beside or instead of it.
interface Props {
  values: readonly number[];
  label: string; // what a screen reader says, and a mouse sees
  width?: number;
}

const HIGH = 24;
const EDGE = 2;

export function Sparkline({ values, label, width = 84 }: Props) {
  if (values.length < 2) return null;
  const points = pointsOf(values, width);
  const [x, y] = points.at(-1)!;
  return (
    <svg width={width} height={HIGH} role="img" aria-label={label} style={{ overflow: "visible" }}>
      <title>{label}</title>
      <polyline
        points={points.map((point) => point.join(",")).join(" ")}
        fill="none"
        stroke="var(--mantine-color-gray-5)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      <circle cx={x} cy={y} r={2.5} fill="var(--mantine-color-ember-6)" />
    </svg>
  );
}

function pointsOf(values: readonly number[], width: number): [number, number][] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  return values.map((value, at) => [
    EDGE + (at / (values.length - 1)) * (width - 2 * EDGE),
    HIGH - EDGE - ((value - least) / span) * (HIGH - 2 * EDGE),
  ]);
}
