/* Images: whole databases that the build has made (schema/image.c) and put into the binary, because they are there in a
 * fraction of the time that their statements and documents take. Most of a small database is zeros, which are left out:
 *
 *     how many pages; where in the image the pieces of each begin, and where the last end
 *     pieces: { place in the page, how many bytes, these bytes }…
 *
 * The numbers of pieces have two bytes, the others four; the lowest is first. */
#ifndef DUVO_STORE_IMAGE_H
#define DUVO_STORE_IMAGE_H

#include "base/text.h"

enum { IMAGE_PAGE = 4096, IMAGE_LONG = 4, IMAGE_SHORT = 2 };

unsigned image_pages(struct text image);
/* Puts together the page, counted from 0, in IMAGE_PAGE bytes. */
void image_page(struct text image, unsigned page, unsigned char *bytes);

#endif
