/** How lists, numbers and days are written. */

/** "A, B and C" */
export function joined(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)
}

/** "2,146" */
export const figure = (count: number): string => count.toLocaleString('en-GB')

/** "1 statement", "3 statements" */
export const counted = (count: number, one: string, many = `${one}s`): string => `${figure(count)} ${count === 1 ? one : many}`

/** "24 November 2026"; a year or a month alone stays one. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.slice(0, 10).split('-').map(Number)
  if (!year || !month) return date
  const shape: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' }
  if (dayOfMonth) shape.day = 'numeric'
  return new Date(Date.UTC(year, month - 1, dayOfMonth ?? 1)).toLocaleDateString('en-GB', shape)
}
