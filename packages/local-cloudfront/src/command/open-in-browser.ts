/** Opens a page in the browser of whoever sits at this machine; says on stderr where that cannot be done. */
export async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  try {
    await open(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Browser cannot be opened: ${reason}. Open ${url} in one yourself.\n`);
  }
}
