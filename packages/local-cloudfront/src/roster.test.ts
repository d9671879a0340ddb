import fc from "fast-check";
import { expect, it } from "vitest";
import { Roster } from "./roster.ts";

it("has those that were added and not removed, in whichever order that happened", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 100 }), (choices) => {
      const roster = new Roster<number>();
      const present = new Map<number, () => void>();
      for (const choice of choices) {
        const remove = present.get(choice);
        if (remove === undefined) present.set(choice, roster.add(choice));
        else {
          remove();
          remove();
          present.delete(choice);
        }
      }
      expect(roster.members().toSorted()).toEqual([...present.keys()].toSorted());
    }),
  );
});
