import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only these parts are in the page; a view that plots something else adds its part here.
use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Begins a plot in an element of the page. */
export const begin = (element: HTMLElement): EChartsType => init(element, null, { renderer: 'canvas' });

export type { EChartsCoreOption, EChartsType };
