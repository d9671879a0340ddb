/** Whether two texts are the same, in a time that does not depend on how much of them is. */
export function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= unitAt(one, index) ^ unitAt(other, index % (other.length || 1));
  }
  return difference === 0;
}

function unitAt(text: string, index: number): number {
  return Number(text.codePointAt(index));
}
