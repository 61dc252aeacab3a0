/** What Claude Code 2.1.330 takes for a region; anything else counts as unset (read in the program, and measured). */
export const isRegion = (value: string): boolean => /^[a-z]{2,}(?:-[a-z0-9]+){0,4}$/i.test(value);
