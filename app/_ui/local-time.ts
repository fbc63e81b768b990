const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `08:30`, local time. */
export function minuteOf(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** `08:30:02`, local time. */
export function secondOf(at: number): string {
  return `${minuteOf(at)}:${two(new Date(at).getSeconds())}`;
}

/** `17 Nov`. */
export function dayOf(at: number): string {
  const time = new Date(at);
  return `${time.getDate()} ${months[time.getMonth()]}`;
}

/** `Mon`. */
export function weekdayOf(at: number): string {
  return weekdays[new Date(at).getDay()] ?? '';
}

export function yearOf(at: number): number {
  return new Date(at).getFullYear();
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
