import { served } from "../data/listen.ts";
import { filter, showAll } from "../data/requests.ts";

/** What the list says where it has nothing to show. */
export function EmptyList({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <div class="empty">
        <p>No request matches the filter.</p>
        <button
          type="button"
          onClick={() => {
            filter.value = showAll;
          }}
        >
          Show all
        </button>
      </div>
    );
  }
  const known = served.value;
  return (
    <div class="empty">
      <p>No request yet. Open a page, and it shows up here.</p>
      {known !== undefined && (
        <ul>
          {known.tryOut.map(({ uri, shows }) => (
            <li key={uri}>
              <a href={`${known.url}${uri}`} target="_blank" rel="noreferrer">
                {uri}
              </a>
              <span>{shows}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
