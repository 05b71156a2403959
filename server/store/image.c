#include "store/image.h"

#include <string.h>

static uint32_t number_at(struct text image, size_t at, int size)
{
    uint32_t number = 0;
    for (int i = size; i-- > 0;)
        number = number << 8 | (unsigned char)image.p[at + (size_t)i];
    return number;
}

unsigned image_pages(struct text image)
{
    return number_at(image, 0, IMAGE_LONG);
}

void image_page(struct text image, unsigned page, unsigned char *bytes)
{
    const size_t begins = (page + (size_t)1) * IMAGE_LONG;
    const size_t end = number_at(image, begins + IMAGE_LONG, IMAGE_LONG);
    memset(bytes, 0, IMAGE_PAGE);
    for (size_t at = number_at(image, begins, IMAGE_LONG), n; at < end; at += n) {
        const uint32_t place = number_at(image, at, IMAGE_SHORT);
        n = number_at(image, at + IMAGE_SHORT, IMAGE_SHORT);
        at += 2 * IMAGE_SHORT;
        memcpy(bytes + place, image.p + at, n);
    }
}
