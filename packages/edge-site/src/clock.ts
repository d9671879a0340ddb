/** The clock of the machine: milliseconds since 1970. */
export const clock: { now(): number } = Date;
