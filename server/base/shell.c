#include "base/shell.h"

/* A quote ends what is quoted, and is put between two such pieces. */
void shell_put_in_quotes(struct buf *b, struct text text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\'')
            buf_add(b, T("'\\''"));
        else
            buf_add_char(b, text.p[i]);
}

void shell_put_word(struct buf *b, struct text text)
{
    buf_add_char(b, '\'');
    shell_put_in_quotes(b, text);
    buf_add_char(b, '\'');
}
