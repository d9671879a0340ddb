/** What the details pane says while no request is chosen. */
export function Legend() {
  return (
    <div class="legend">
      <h2>Follow a request through CloudFront</h2>
      <p>
        Choose a request to see its way: which cache behavior it met, what the functions made of it,
        why it was a hit or a miss, and what the origin said.
      </p>
      <dl>
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>filter</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>from request to request</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>back to the list</dd>
        </div>
      </dl>
    </div>
  );
}
