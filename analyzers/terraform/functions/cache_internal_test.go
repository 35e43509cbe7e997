package functions

import (
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// TestCacheIsBounded fills a cache several times over: it keeps what came last,
// and each text is decoded once while it is there.
func TestCacheIsBounded(t *testing.T) {
	cache, decodings := NewCache(), 0
	for i := range 8 {
		key := cacheKey{"yaml", 10, strings.Repeat(string(rune('a'+i)), maxCached*2/5)}
		want := cty.NumberIntVal(int64(i))
		for range 3 {
			got := cache.decoded(key, func() decoded {
				decodings++
				return decoded{value: want}
			})
			if !got.value.RawEquals(want) {
				t.Errorf("text %d stands for %#v", i, got.value)
			}
		}
		if cache.size > maxCached || len(cache.byText) > 2 {
			t.Errorf("%d texts of %d bytes are kept", len(cache.byText), cache.size)
		}
	}
	if decodings != 8 {
		t.Errorf("8 texts were decoded %d times", decodings)
	}
}
