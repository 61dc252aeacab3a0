/**
 * A time zone in which it is the middle of the afternoon now. The demo's day has a past of some hours: a program that is
 * started shortly after midnight has not seen it, and says so.
 */
export const afternoonZone = (): string => {
	const ahead = ((15 - new Date().getUTCHours() + 35) % 24) - 11;
	// POSIX counts westwards.
	return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
