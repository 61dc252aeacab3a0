/** The looks there are. */
export const themeNames = ['default', 'dim', 'high-contrast', 'colour-blind'] as const;

export type ThemeName = (typeof themeNames)[number];
