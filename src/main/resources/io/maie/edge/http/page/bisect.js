// Looking up in what is in order.

/** How many of the first items satisfy `holds`, which no item does after the first that does not. */
export function countWhile(items, holds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle])) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
