#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

// From the arena into malloc and back: nothing overlaps, all is aligned, all can be deleted.
TEST(OperatorNew, GivesDistinctAlignedMemoryBeyondTheArena) {
  constexpr std::size_t kSizes[] = {0, 1, 15, 16, 17, 100, 4000, 20000};
  struct Piece {
    std::byte* memory;
    std::size_t size;
  };
  std::vector<Piece> pieces;
  for (int round = 0; round < 20; ++round) {
    for (const std::size_t size : kSizes) {
      auto* const memory = static_cast<std::byte*>(::operator new(size));
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(memory) % __STDCPP_DEFAULT_NEW_ALIGNMENT__, 0u);
      std::memset(memory, static_cast<int>(pieces.size() & 0xff), size);
      pieces.push_back({memory, size});
    }
  }
  std::set<std::byte*> distinct;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto& [memory, size] = pieces[i];
    EXPECT_TRUE(distinct.insert(memory).second) << "piece " << i << " has another's address";
    for (std::size_t k = 0; k < size; ++k) {
      ASSERT_EQ(memory[k], static_cast<std::byte>(i & 0xff)) << "piece " << i << ", byte " << k;
    }
  }
  for (const Piece& piece : pieces) ::operator delete(piece.memory, piece.size);
}

TEST(OperatorNew, ServesTheLibrary) {
  auto text = std::make_unique<std::string>(100'000, 'x');
  *text += std::string(5, 'y');
  EXPECT_EQ(text->size(), 100'005u);
  ::operator delete(nullptr);
}

}  // namespace
