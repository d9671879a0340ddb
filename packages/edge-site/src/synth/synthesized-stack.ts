import { type AssemblyStack, readCloudAssembly } from "cloud-assembly";

/**
 * Returns a stack of a cloud assembly.
 *
 * @throws {CloudAssemblyError} when the assembly cannot be read.
 */
export function synthesizedStack(assemblyFolder: string, stackName: string): AssemblyStack {
  const stack = readCloudAssembly(assemblyFolder).stacks.find(({ name }) => name === stackName);
  if (stack === undefined) throw new Error(`No stack ${stackName} is in ${assemblyFolder}.`);
  return stack;
}
