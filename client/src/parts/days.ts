/** Gives the day of the calendar before one, YYYY-MM-DD. */
export function dayBefore(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
