// The parts of ECharts that we use, in a chunk of their own.
import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, GridComponent, SVGRenderer]);

/** Draws into a box and follows its size; the answer takes it away again. */
export function draw(box: HTMLElement, option: EChartsCoreOption): () => void {
  const chart = init(box, null, { renderer: "svg" });
  chart.setOption({ animation: false, ...option });
  const sizes = new ResizeObserver(() => chart.resize());
  sizes.observe(box);
  return () => {
    sizes.disconnect();
    chart.dispose();
  };
}
