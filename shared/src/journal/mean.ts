/**
 * The arithmetic mean of marks, or null where none is a number. What waits or is contested is no mark yet: leave it out.
 * @example meanOf(['5', '4', '4']) // 4.333…
 */
export function meanOf(marks: Iterable<string>): number | null {
  let sum = 0
  let count = 0
  for (const mark of marks) {
    if (!/^\d+$/.test(mark)) continue
    sum += Number(mark)
    count += 1
  }
  return count > 0 ? sum / count : null
}
