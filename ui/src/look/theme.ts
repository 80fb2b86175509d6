// One accent, ember, on ink and paper neutrals: every colour of the admin comes from here.
import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
} from "@mantine/core";
import type { MantineColorsTuple } from "@mantine/core";

/** The brand's colour is shade 6; shade 7 is the lightest that carries white text (4.9 : 1). */
const ember: MantineColorsTuple = [
  "#fff1ec",
  "#ffe0d6",
  "#fbbfac",
  "#f59a7f",
  "#ef7b59",
  "#e96740",
  "#e4572e",
  "#c8431d",
  "#ab3714",
  "#8c2a0c",
];

/** Paper to ink: warm greys, so that white cards lie on paper and not on steel. */
const paper: MantineColorsTuple = [
  "#faf7f2",
  "#f3eee6",
  "#e8e1d6",
  "#dad1c4",
  "#c4b9a9",
  "#a0958a",
  "#6a6259",
  "#4d463f",
  "#332e29",
  "#1d1a17",
];

const ink: MantineColorsTuple = [
  "#efeae3",
  "#d8d1c8",
  "#b8afa4",
  "#948b81",
  "#5f574f",
  "#433d37",
  "#322d28",
  "#262220",
  "#1b1816",
  "#12100e",
];

export const BRAND = ember[6];

/** Charts measure their words by this very font. */
export const FONT = '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif';

export const theme = createTheme({
  primaryColor: "ember",
  primaryShade: { light: 7, dark: 7 },
  colors: { ember, gray: paper, dark: ink },
  black: "#1d1a17",
  fontFamily: FONT,
  headings: { fontFamily: "inherit", fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    return input.variant === "light" ? { ...colours, color: readable(input.color) } : colours;
  },
});

/** Text on a light tint: dark enough on paper, light enough on ink. */
function readable(colour: string | undefined): string {
  const name = colour ?? "ember";
  const dark = `color-mix(in srgb, var(--mantine-color-${name}-9) 65%, black)`;
  return `light-dark(${dark}, var(--mantine-color-${name}-2))`;
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": paper[0],
    "--mantine-color-dimmed": paper[6],
    "--mantine-color-anchor": ember[8],
    "--mantine-color-placeholder": "#7a7168",
    "--mantine-color-error": "#b3261e",
    "--surface": "#ffffff",
    "--line": paper[2],
  },
  dark: {
    "--mantine-color-body": ink[8],
    "--mantine-color-dimmed": "#b0a79c",
    "--mantine-color-anchor": ember[3],
    "--mantine-color-placeholder": "#a49b90",
    "--mantine-color-error": "#ff8a80",
    "--surface": ink[7],
    "--line": ink[6],
  },
});
