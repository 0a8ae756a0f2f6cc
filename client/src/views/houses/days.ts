const DAY = 86_400_000;

/** Gives how many days lie from one day of the calendar to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
