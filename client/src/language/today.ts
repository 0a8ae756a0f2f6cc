const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });

/** Gives today's date in Vietnam, YYYY-MM-DD: the day by which the graph's units live and end. */
export const today = (): string => day.format(new Date());
