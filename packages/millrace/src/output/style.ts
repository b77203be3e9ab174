// Colours of the terminal, for those who have them.

/** When output is coloured: `auto` where a terminal can, and NO_COLOR and its like do not say otherwise. */
export const colorChoices = ['auto', 'always', 'never'] as const

export type ColorChoice = (typeof colorChoices)[number]

const codes = { heading: '1', error: '1;31', alarm: '31', quiet: '2' } as const

export type Style = keyof typeof codes

/** The text in a style, or as it is where there are no colours. */
export const paint = (text: string, style: Style, isColored: boolean): string =>
  isColored && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text
