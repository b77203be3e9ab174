// Panels of dashboards in the types of Grafana's own schema: what they query, and how it looks.
import {
  type Dashboard,
  FieldColorModeId,
  GraphDrawStyle,
  LegendDisplayMode,
  type LegendPlacement,
  LineInterpolation,
  MappingType,
  type Panel,
  type RowPanel,
  SortOrder,
  ThresholdsMode,
  TooltipDisplayMode,
  type VariableModel,
  VariableRefresh,
  VariableSort,
  VisibilityMode,
} from '@grafana/schema'

/** The data source is chosen on the dashboard. */
const datasource = { type: 'prometheus', uid: '${datasource}' } as const

export interface Query {
  readonly expr: string
  /** Name of a series: `{{topic}}`. */
  readonly legend?: string
}

interface Look {
  readonly title: string
  readonly description?: string
  /** As Grafana calls units. */
  readonly unit?: string
  readonly width?: number
  readonly height?: number
  /** Colours from values on, the first one without. */
  readonly steps?: readonly (readonly [color: string, from: number | null])[]
  /** Words for values. */
  readonly words?: Readonly<Record<number, readonly [text: string, color: string]>>
}

/** A panel without its place. */
export type Unplaced = Panel & { readonly width: number; readonly height: number }

function targets(queries: readonly Query[], isTable = false) {
  return queries.map(({ expr, legend = '' }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource,
    editorMode: 'code',
    expr,
    legendFormat: legend,
    ...(isTable ? { format: 'table', instant: true, range: false } : { instant: false, range: true }),
  }))
}

function defaultsOf({ unit = 'short', steps = [['green', null]], words }: Look, mode: FieldColorModeId) {
  return {
    unit,
    min: 0,
    color: { mode },
    thresholds: {
      mode: ThresholdsMode.Absolute,
      steps: steps.map(([color, value]) => ({ color, value })),
    },
    ...(words && {
      mappings: [
        {
          type: MappingType.ValueToText as const,
          options: Object.fromEntries(
            Object.entries(words).map(([value, [text, color]], index) => [value, { text, color, index }]),
          ),
        },
      ],
    }),
  }
}

function panel(
  type: string,
  look: Look,
  size: readonly [width: number, height: number],
  rest: Partial<Panel>,
): Unplaced {
  const { title, description, width = size[0], height = size[1] } = look
  return { type, title, ...(description && { description }), datasource, width, height, ...rest }
}

/** One number, large. */
export function stat(look: Look, query: Query): Unplaced {
  return panel('stat', look, [4, 4], {
    targets: targets([query]),
    fieldConfig: { defaults: defaultsOf(look, FieldColorModeId.Thresholds), overrides: [] },
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      textMode: 'auto',
      wideLayout: true,
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  })
}

/** Lines over time. */
export function lines(look: Look, ...queries: readonly Query[]): Unplaced {
  return panel('timeseries', look, [12, 8], {
    targets: targets(queries),
    fieldConfig: {
      defaults: {
        ...defaultsOf(look, FieldColorModeId.PaletteClassic),
        custom: {
          drawStyle: GraphDrawStyle.Line,
          lineInterpolation: LineInterpolation.Linear,
          lineWidth: 1,
          fillOpacity: 10,
          showPoints: VisibilityMode.Never,
          spanNulls: false,
        },
      },
      overrides: [],
    },
    options: {
      legend: {
        calcs: ['lastNotNull', 'max'],
        displayMode: LegendDisplayMode.Table,
        placement: 'bottom' satisfies LegendPlacement,
        showLegend: true,
      },
      tooltip: { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending },
    },
  })
}

/** What something was at which time, in words. */
export function states(look: Look, query: Query): Unplaced {
  return panel('state-timeline', look, [24, 7], {
    targets: targets([query]),
    fieldConfig: { defaults: defaultsOf(look, FieldColorModeId.Thresholds), overrides: [] },
    options: {
      mergeValues: true,
      rowHeight: 0.85,
      showValue: VisibilityMode.Auto,
      legend: {
        calcs: [],
        displayMode: LegendDisplayMode.List,
        placement: 'bottom' satisfies LegendPlacement,
        showLegend: false,
      },
      tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
    },
  })
}

/** A row for each series, a column for each query. `columns`: names of the queries' values, in their order. */
export function table(
  look: Look,
  hidden: readonly string[],
  columns: readonly string[],
  ...queries: readonly Query[]
): Unplaced {
  return panel('table', look, [24, 9], {
    targets: targets(queries, true),
    fieldConfig: { defaults: { ...defaultsOf(look, FieldColorModeId.Thresholds) }, overrides: [] },
    options: { frameIndex: 0, showHeader: true, sortBy: [{ displayName: columns[0]!, desc: true }] },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: Object.fromEntries(['Time', ...hidden].map(name => [name, true])),
          renameByName: Object.fromEntries(
            columns.map((name, index) => [
              queries.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index)}`,
              name,
            ]),
          ),
        },
      },
    ],
  })
}

export interface Row {
  readonly title: string
  readonly panels: readonly Unplaced[]
}

/** Places panels from left to right, row by row. */
function place(rows: readonly Row[]): (Panel | RowPanel)[] {
  const placed: (Panel | RowPanel)[] = []
  let id = 1
  let y = 0
  for (const { title, panels } of rows) {
    placed.push({
      id: id++,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { h: 1, w: 24, x: 0, y },
      panels: [],
    })
    y++
    let x = 0
    let rowHeight = 0
    for (const { width, height, ...rest } of panels) {
      if (x + width > 24) {
        y += rowHeight
        x = 0
        rowHeight = 0
      }
      placed.push({ id: id++, ...rest, gridPos: { h: height, w: width, x, y } })
      x += width
      rowHeight = Math.max(rowHeight, height)
    }
    y += rowHeight
  }
  return placed
}

/** A variable that is chosen of the values of a label; all of them at first. */
export function labelVariable(name: string, label: string, metric: string): VariableModel {
  return {
    type: 'query',
    name,
    label,
    datasource,
    query: { query: `label_values(${metric}, ${name})`, refId: `variable-${name}` },
    refresh: VariableRefresh.onTimeRangeChanged,
    sort: VariableSort.alphabeticalAsc,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
    options: [],
  }
}

export function dashboard(
  head: { readonly uid: string; readonly title: string; readonly description: string },
  variables: readonly VariableModel[],
  rows: readonly Row[],
): Dashboard {
  return {
    ...head,
    tags: ['kafka', 'millrace'],
    editable: true,
    graphTooltip: 1,
    schemaVersion: 41,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timepicker: {},
    timezone: 'browser',
    annotations: { list: [] },
    links: [],
    templating: {
      list: [
        {
          type: 'datasource',
          name: 'datasource',
          label: 'Data source',
          query: 'prometheus',
          current: { text: '', value: '' },
          options: [],
        },
        ...variables,
      ],
    },
    panels: place(rows),
  }
}
