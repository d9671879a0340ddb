import type { EventConfig, EventType } from "cf-types";

/** Returns the `config` that every event of one invented request carries. */
export function eventConfig<Type extends EventType>(eventType: Type): EventConfig<Type> {
  return {
    distributionDomainName: "d1a2b3c4e5f6g7.cloudfront.net",
    distributionId: "E1NOTES0TEST0X",
    eventType,
    requestId: "Nx7Tq1cLr0Vw5uJk8Zb2Ys4GdMfHpAeR6oQi3tUhWnXyEvDlKzCjBg==",
  };
}
