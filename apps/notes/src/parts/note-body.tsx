import { bodyBlocks } from "../notes/body-blocks.ts";

interface NoteBodyProps {
  readonly body: string;
}

/** A note's text, set in paragraphs and lists. */
export function NoteBody({ body }: NoteBodyProps) {
  return (
    <div class="note-body">
      {bodyBlocks(body).map((block) =>
        block.kind === "list" ? (
          <ul>
            {block.items.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        ) : (
          <p>{block.text}</p>
        ),
      )}
    </div>
  );
}
