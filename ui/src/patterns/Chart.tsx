// A chart, loaded only where one is shown; its numbers always stand in words or a table beside it.
import { Box, Skeleton, useComputedColorScheme } from "@mantine/core";
import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef, useState } from "react";

interface Props {
  label: string; // what a screen reader says instead of it
  height: number;
  option: (dark: boolean) => EChartsCoreOption;
}

export function Chart({ label, height, option }: Props) {
  const dark = useComputedColorScheme("light") === "dark";
  const box = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    let over = false;
    let leave = () => {};
    void import("./echarts").then(({ draw }) => {
      if (over) return;
      leave = draw(place, option(dark));
      setReady(true);
    });
    return () => {
      over = true;
      leave();
    };
  }, [option, dark]);
  return (
    <Box pos="relative" h={height} role="img" aria-label={label}>
      {!ready && <Skeleton h={height} pos="absolute" />}
      <Box ref={box} h={height} />
    </Box>
  );
}
